#!/usr/bin/env Rscript
# Transition dates of PhenoCam summaries, computed without PlotWatch: R's own loess, zoo's interpolation, and change points by
# plain dynamic programming over every segmentation. The definitions are those of phenocamr (Hufkens et al. 2018,
# doi:10.1111/2041-210X.12970; detect_outliers, smooth_ts, transition_dates as of version 1.1.5), restated here.
#
#   season_reference.R SUMMARY.csv STEP [COLUMN]…      STEP: 1 or 3; COLUMN: gcc_90 (standard), gcc_75, gcc_50, gcc_mean
#
# Prints CSV: file, column, direction, and the days on which 10, 25 and 50 % of the amplitude are passed, each with the two days
# of its 95 % band. scripts/accuracybench/season_reference.csv was written by it with R 4.2.2 and zoo 1.8-11.
# Exit status: 0 done, 2 wrong usage.

suppressPackageStartupMessages(library(zoo))

# The span with the least corrected Akaike criterion; NULL where no fit has one.
best_span <- function(x, y) {
  criterion <- function(span) {
    fit <- try(suppressWarnings(loess(y ~ x, span = span)), silent = TRUE)
    if (inherits(fit, "try-error")) return(NA)
    d1 <- fit$one.delta
    d2 <- fit$two.delta
    value <- fit$n * (log(sum(fit$residuals^2) / (fit$n - 1)) + (d1 / d2) * (fit$n + fit$enp) / (d1^2 / d2) - 2)
    if (is.finite(value)) value else NA
  }
  spans <- seq(0.01, 1, by = 0.01)
  values <- vapply(spans, criterion, 0)
  if (all(is.na(values))) NULL else spans[which.min(values)]
}

# Which values of a daily series are outliers, year by year.
outliers <- function(days, y) {
  year <- as.integer(format(days, "%Y"))
  month <- as.integer(format(days, "%m"))
  result <- rep(FALSE, length(y))
  for (this in unique(year)) {
    part <- which((month == 12 & year == this - 1) | year == this | (month == 1 & year == this + 1))
    g <- y[part]
    if (sum(!is.na(g)) <= 3) next
    change <- c(NA, diff(g[!is.na(g)]))
    noise <- sqrt(2) * sum(abs(change - mean(change, na.rm = TRUE)), na.rm = TRUE) / length(change)
    limit <- (if (noise <= 0.007) 4 else 2) * noise
    kept <- g
    # phenocamr looks the drops up in the series with its gaps by their places in the one without.
    kept[which(change < -diff(quantile(g, c(0.1, 0.9), na.rm = TRUE)) / 4)] <- NA
    before <- integer(0)
    for (round in 1:19) {
      at <- seq_along(kept)
      span <- best_span(at, kept)
      smooth <- kept
      if (!is.null(span)) smooth <- predict(suppressWarnings(loess(kept ~ at, span = span)), at)
      out <- c(which(g - smooth > 2 * limit), which(g - smooth <= -limit))
      kept <- g
      kept[out] <- NA
      if (round > 1 && length(out) == length(before) && all(out == before)) break
      before <- out
    }
    flagged <- rep(FALSE, length(g))
    flagged[out] <- TRUE
    result[part[year[part] == this]] <- flagged[year[part] == this]
  }
  result
}

smoothed <- function(days, y) {
  long <- is.na(na.approx(y, maxgap = 14, na.rm = FALSE))
  doy <- as.integer(format(days, "%j"))
  usual <- tapply(y, doy, mean, na.rm = TRUE)
  filled <- y
  filled[long] <- usual[as.character(doy[long])]
  filled[is.nan(filled)] <- NA
  filled <- na.approx(filled, na.rm = FALSE)
  filled <- na.locf(na.locf(filled, na.rm = FALSE), na.rm = FALSE, fromLast = TRUE)
  x <- as.numeric(days)
  weights <- ifelse(is.na(y), 0.001, 1)
  fit <- predict(suppressWarnings(loess(filled ~ x, span = best_span(x, filled), weights = weights)), x, se = TRUE)
  half <- pmin(1.96 * fit$se.fit, 0.02)
  half[long | !is.finite(half)] <- 0.02
  list(value = round(fit$fit, 5), half = round(half, 5), filled = long)
}

# The ends of the segments of least cost: sums of squares about the means, and a price for each segment.
change_points <- function(v, price = 0.5, shortest = 14) {
  n <- length(v)
  s <- c(0, cumsum(v))
  q <- c(0, cumsum(v^2))
  best <- c(-price, rep(Inf, n))
  from <- integer(n)
  for (end in shortest:n) {
    start <- 0:(end - shortest)
    start <- start[start == 0 | start >= shortest]
    total <- best[start + 1] + q[end + 1] - q[start + 1] - (s[end + 1] - s[start + 1])^2 / (end - start) + price
    best[end + 1] <- min(total)
    from[end] <- start[which.min(total)]
  }
  ends <- integer(0)
  while (n > 0) {
    ends <- c(n, ends)
    n <- from[n]
  }
  ends
}

transitions <- function(days, smooth, step, falling) {
  top <- smooth$value + smooth$half
  bottom <- smooth$value - smooth$half
  scale <- function(v) (v - min(bottom)) / (max(top) - min(bottom))
  turn <- if (falling) rev else identity
  v <- turn(scale(smooth$value))
  upper <- turn(scale(top))
  lower <- turn(scale(bottom))
  filled <- turn(smooth$filled)
  date <- turn(days)
  # The places of the product's own days are not turned: so does phenocamr.
  places <- if (step == 3) which(as.integer(format(days, "%j")) %in% seq(2, 366, 3)) else seq_along(v)
  ends <- change_points(v[places])
  if (length(ends) < 2) return(NULL)
  means <- mapply(function(a, b) mean(v[places[a:b]]), c(1, head(ends, -1) + 1), ends)
  breaks <- places[ends]
  k <- length(breaks)
  rise <- fall <- rep(TRUE, k)
  for (i in seq_len(k - 1)) {
    up <- means[i + 1] > means[i]
    down <- means[i + 1] < means[i]
    if (i == 1) {
      rise[i] <- fall[i] <- !down
    } else {
      above <- means[i] > means[i - 1]
      below <- means[i] < means[i - 1]
      rise[i] <- !((above && up) || (above && down) || (below && down))
      fall[i] <- !((below && up) || (above && up))
    }
  }
  rows <- NULL
  for (b in breaks[rise]) {
    begin <- tail(breaks[fall & breaks < b], 1)
    if (length(begin) == 0) begin <- if (b == breaks[rise][1]) 1 else next
    end <- head(breaks[fall & breaks > b], 1)
    if (length(end) == 0) next
    all <- begin:end
    least <- tail(all[all <= b][v[all[all <= b]] == min(v[all[all <= b]])], 1)
    most <- head(all[all >= b][v[all[all >= b]] == max(v[all[all >= b]])], 1)
    low <- quantile(v[least:b], 0.5)
    high <- quantile(v[b:most], 0.9)
    inside <- all[all > least & all < most]
    level <- low + (high - low) * c(0.10, 0.25, 0.50)
    p50 <- suppressWarnings(min(inside[v[inside] >= level[3]]))
    p25 <- suppressWarnings(max(inside[v[inside] <= level[2] & inside < p50]))
    p10 <- suppressWarnings(max(inside[v[inside] <= level[1] & inside < p25]))
    place <- c(p10, p25, p50)
    if (any(!is.finite(place))) next
    first <- last <- integer(3)
    for (j in 1:3) {
      if (filled[place[j]]) {
        known <- which(!filled)
        first[j] <- suppressWarnings(max(known[known <= place[j]]))
        last[j] <- suppressWarnings(min(known[known >= place[j]]))
      } else {
        first[j] <- suppressWarnings(max(inside[upper[inside] <= level[j]]))
        last[j] <- suppressWarnings(min(inside[lower[inside] >= level[j]]))
      }
    }
    first <- pmin(first, place - 1)
    last <- pmax(last, place + 1)
    if (any(!is.finite(first)) || any(!is.finite(last))) next
    pair <- rbind(first, last)
    if (falling) pair <- pair[2:1, ]
    rows <- rbind(rows, c(as.character(date[place]), as.character(date[as.vector(pair)])))
  }
  rows
}

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 2 || !arguments[2] %in% c("1", "3")) {
  message("usage: season_reference.R SUMMARY.csv STEP [COLUMN]...")
  quit(status = 2)
}
columns <- if (length(arguments) > 2) arguments[-(1:2)] else "gcc_90"
table <- read.csv(arguments[1], comment.char = "#", na.strings = c("NA", "-9999", ""))
known <- as.Date(table$date)
days <- seq(min(known) - 90, max(known) + 90, by = 1)
cat("file,column,direction,day10,day25,day50,from10,until10,from25,until25,from50,until50\n")
for (column in columns) {
  y <- rep(NA_real_, length(days))
  y[match(known, days)] <- table[[column]]
  y[outliers(days, y)] <- NA
  smooth <- smoothed(days, y)
  for (falling in c(FALSE, TRUE)) {
    rows <- transitions(days, smooth, as.integer(arguments[2]), falling)
    if (is.null(rows)) next
    rows <- rows[order(rows[, 3]), , drop = FALSE]
    for (i in seq_len(nrow(rows))) {
      direction <- if (falling) "falling" else "rising"
      cat(paste(c(basename(arguments[1]), column, direction, rows[i, ]), collapse = ","), "\n", sep = "")
    }
  }
}
