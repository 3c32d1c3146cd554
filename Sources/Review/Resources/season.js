// The pictures of a plot day by day: slider and play.
(function () {
  'use strict';
  var figure = document.getElementById('lapse');
  if (!figure) return;
  var numbers = figure.dataset.numbers.split(','), times = figure.dataset.times.split('|');
  var shifts = figure.dataset.shifts.split('|');
  var image = figure.querySelector('img'), caption = figure.querySelector('figcaption');
  var range = document.getElementById('day'), play = document.getElementById('play'), running = false;
  function address(index) { return '/pictures/capture/' + numbers[index] + figure.dataset.query; }
  function show(index) {
    var shift = shifts[index] ? shifts[index].split(' ').map(Number) : [0, 0, 0];
    image.src = address(index);
    image.alt = times[index];
    image.style.transform = 'rotate(' + -shift[2] + 'deg) translate(' + -100 * shift[0] + '%,' + -100 * shift[1] + '%)';
    caption.textContent = times[index];
    range.value = index;
    range.setAttribute('aria-valuetext', times[index]);
  }
  function stop() { running = false; play.textContent = play.dataset.play; }
  function step() {
    if (!running) return;
    var index = +range.value + 1;
    if (index >= numbers.length) { stop(); return; }
    // The next picture is shown when it is there, and not sooner than the eye can follow.
    var next = new Image(), since = Date.now();
    next.onload = next.onerror = function () {
      setTimeout(function () { if (running) { show(index); step(); } }, Math.max(0, 180 - (Date.now() - since)));
    };
    next.src = address(index);
  }
  range.setAttribute('aria-valuetext', times[+range.value]);
  range.addEventListener('input', function () { stop(); show(+range.value); });
  play.addEventListener('click', function () {
    if (running) { stop(); return; }
    if (+range.value >= numbers.length - 1) show(0);
    running = true;
    play.textContent = play.dataset.pause;
    caption.setAttribute('aria-live', 'off');
    step();
  });
})();
