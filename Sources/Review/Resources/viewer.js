// Before and after in one frame: swipe, blink, marks, zoom and pan. The view is kept from one flag to the next: its
// scale and where it stands against the middle of the flag's box.
(function () {
  'use strict';
  var viewer = document.getElementById('viewer');
  if (!viewer) return;
  var stage = viewer.querySelector('.stage'), after = viewer.querySelector('.after');
  var picture = after.querySelector('img'), line = viewer.querySelector('.line');
  var range = document.getElementById('swipe'), blink = document.getElementById('blink');
  var marks = document.getElementById('marks'), tag = viewer.querySelector('.tag.right');
  var width = +viewer.dataset.width, height = +viewer.dataset.height;
  var box = viewer.dataset.box.split(',').map(Number);
  // Shares of the frame's width and height.
  var middle = { x: (box[0] + box[2] / 2) / width, y: (box[1] + box[3] / 2) / height };
  var most = 16, view = { scale: 1, x: 0.5, y: 0.5 }, swipe = 50, timer = null;
  var store = {
    get: function (key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch (e) { return null; } },
    set: function (key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch (e) { } }
  };

  // view.x, view.y: the point of the picture in the middle of the frame.
  function draw() {
    var half = 0.5 / view.scale;
    view.x = Math.min(Math.max(view.x, half), 1 - half);
    view.y = Math.min(Math.max(view.y, half), 1 - half);
    var w = viewer.clientWidth, h = viewer.clientHeight;
    var left = w * (0.5 - view.x * view.scale), top = h * (0.5 - view.y * view.scale);
    stage.style.transform = 'translate(' + left + 'px,' + top + 'px) scale(' + view.scale + ')';
    // Lines stay as thin as they are however far the picture is zoomed.
    stage.style.setProperty('--thin', 1 / view.scale);
    var at = (w * swipe / 100 - left) / (w * view.scale) * 100;
    after.style.clipPath = 'inset(0 0 0 ' + Math.min(Math.max(at, 0), 100) + '%)';
    line.style.left = swipe + '%';
    range.value = swipe;
    viewer.dataset.scale = view.scale.toFixed(3);
    viewer.dataset.swipe = swipe;
  }
  function keep() {
    store.set('plotwatch.view', { scale: view.scale, dx: view.x - middle.x, dy: view.y - middle.y });
    draw();
  }
  function toPlace() {
    var share = Math.max(box[2] / width, box[3] / height, 0.02);
    view = { scale: Math.min(Math.max(0.45 / share, 1), 8), x: middle.x, y: middle.y };
  }
  function zoom(factor, x, y) {
    // The point below (x, y), shares of the frame, stays where it is.
    var px = view.x + (x - 0.5) / view.scale, py = view.y + (y - 0.5) / view.scale;
    view.scale = Math.min(Math.max(view.scale * factor, 1), most);
    view.x = px - (x - 0.5) / view.scale;
    view.y = py - (y - 0.5) / view.scale;
    keep();
  }
  function setSwipe(value) { swipe = Math.min(Math.max(value, 0), 100); draw(); }
  function setBlink(on) {
    clearInterval(timer);
    timer = null;
    after.style.visibility = '';
    blink.setAttribute('aria-pressed', on ? 'true' : 'false');
    if (!on) { draw(); return; }
    var shown = true;
    after.style.clipPath = 'none';
    // Under two changes a second: no flashing (WCAG 2.3.1 allows three).
    timer = setInterval(function () {
      shown = !shown;
      after.style.visibility = shown ? '' : 'hidden';
      after.style.clipPath = 'none';
    }, 700);
  }
  function setMarks(value) { viewer.dataset.marks = value; marks.value = value; store.set('plotwatch.marks', value); }
  function nextMarks() {
    var values = Array.prototype.map.call(marks.options, function (option) { return option.value; });
    setMarks(values[(values.indexOf(marks.value) + 1) % values.length]);
  }

  var kept = store.get('plotwatch.view');
  if (kept && kept.scale >= 1) {
    view = { scale: Math.min(kept.scale, most), x: middle.x + kept.dx, y: middle.y + kept.dy };
  } else { toPlace(); }
  // The line begins in the middle of what changed.
  function swipeToPlace() {
    var half = 0.5 / view.scale, x = Math.min(Math.max(view.x, half), 1 - half);
    swipe = Math.round(Math.min(Math.max((0.5 + (middle.x - x) * view.scale) * 100, 8), 92));
  }
  swipeToPlace();
  var keptMarks = store.get('plotwatch.marks');
  setMarks(keptMarks && marks.querySelector('option[value=' + keptMarks + ']') ? keptMarks : 'outline');
  draw();
  window.addEventListener('resize', draw);

  range.addEventListener('input', function () { setBlink(false); setSwipe(+range.value); });
  blink.addEventListener('click', function () { setBlink(!timer); });
  marks.addEventListener('change', function () { setMarks(marks.value); });
  function press(id, action) { document.getElementById(id).addEventListener('click', action); }
  press('zoom-in', function () { zoom(1.5, 0.5, 0.5); });
  press('zoom-out', function () { zoom(1 / 1.5, 0.5, 0.5); });
  press('zoom-all', function () { view = { scale: 1, x: 0.5, y: 0.5 }; keep(); });
  press('zoom-place', function () { toPlace(); keep(); });

  viewer.addEventListener('wheel', function (event) {
    event.preventDefault();
    var area = viewer.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), (event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height);
  }, { passive: false });

  var fingers = new Map(), sliding = false;
  viewer.addEventListener('pointerdown', function (event) {
    if (event.button) return;
    viewer.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    sliding = fingers.size === 1 && event.target === line;
    if (sliding) setBlink(false);
    viewer.classList.toggle('panning', !sliding);
  });
  viewer.addEventListener('pointermove', function (event) {
    var last = fingers.get(event.pointerId);
    if (!last) return;
    var area = viewer.getBoundingClientRect(), now = { x: event.clientX, y: event.clientY };
    if (sliding) {
      setSwipe((now.x - area.left) / area.width * 100);
    } else if (fingers.size === 2) {
      var other = null;
      fingers.forEach(function (finger, id) { if (id !== event.pointerId) other = finger; });
      var was = Math.hypot(last.x - other.x, last.y - other.y), is = Math.hypot(now.x - other.x, now.y - other.y);
      if (was > 0) zoom(is / was, ((now.x + other.x) / 2 - area.left) / area.width, ((now.y + other.y) / 2 - area.top) / area.height);
    } else {
      view.x -= (now.x - last.x) / area.width / view.scale;
      view.y -= (now.y - last.y) / area.height / view.scale;
      keep();
    }
    fingers.set(event.pointerId, now);
  });
  function lift(event) {
    fingers.delete(event.pointerId);
    if (!fingers.size) { sliding = false; viewer.classList.remove('panning'); }
  }
  viewer.addEventListener('pointerup', lift);
  viewer.addEventListener('pointercancel', lift);

  // A capture of the strip in the place of "after", brought to the reference by the shift that was measured.
  document.querySelectorAll('.strip a').forEach(function (link) {
    link.addEventListener('click', function (event) {
      event.preventDefault();
      var own = link.hasAttribute('aria-current');
      document.querySelectorAll('.strip a[aria-current]').forEach(function (a) { a.removeAttribute('aria-current'); });
      if (own) {
        picture.src = picture.dataset.own;
        picture.style.transform = '';
        tag.textContent = tag.dataset.own;
        return;
      }
      link.setAttribute('aria-current', 'true');
      picture.src = link.href;
      picture.alt = link.dataset.when;
      var shift = link.dataset.shift ? link.dataset.shift.split(' ').map(Number) : [0, 0, 0];
      picture.style.transform = 'rotate(' + -shift[2] + 'deg) translate(' + -100 * shift[0] + '%,' + -100 * shift[1] + '%)';
      tag.textContent = link.dataset.when;
    });
  });

  window.plotwatchViewer = {
    blink: function () { setBlink(!timer); }, marks: nextMarks,
    zoom: function (factor) { zoom(factor, 0.5, 0.5); },
    all: function () { view = { scale: 1, x: 0.5, y: 0.5 }; keep(); },
    place: function () { toPlace(); keep(); },
    pan: function (x, y) { view.x += x / view.scale; view.y += y / view.scale; keep(); },
    side: function () {
      setBlink(false);
      if (swipe === 0) { swipeToPlace(); draw(); } else { setSwipe(swipe === 100 ? 0 : 100); }
    }
  };
})();
