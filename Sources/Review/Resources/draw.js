// Corners on the reference picture: by pointer, by keyboard, or typed; the text field is what is sent.
(function () {
  'use strict';
  var canvas = document.getElementById('canvas'), svg = canvas.querySelector('svg');
  var field = document.getElementById('points'), handles = document.getElementById('handles');
  var width = +canvas.dataset.width, height = +canvas.dataset.height;
  var points = [], chosen = -1, dragging = false;
  function read() {
    var numbers = field.value.split(/[\s,;，；]+/).filter(Boolean).map(Number);
    points = [];
    for (var i = 0; i + 1 < numbers.length; i += 2) {
      if (isFinite(numbers[i]) && isFinite(numbers[i + 1])) points.push([numbers[i], numbers[i + 1]]);
    }
  }
  function round(value) { return Math.round(value * 10) / 10; }
  function draw(keepText) {
    var text = points.map(function (p) { return round(p[0]) + ',' + round(p[1]); }).join(' ');
    if (!keepText) field.value = text;
    document.getElementById('shape').setAttribute('points', text);
    document.getElementById('shade').setAttribute('points', text);
    handles.textContent = '';
    var radius = 7 * width / canvas.clientWidth;
    points.forEach(function (p, index) {
      var circle = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      circle.setAttribute('cx', p[0]);
      circle.setAttribute('cy', p[1]);
      circle.setAttribute('r', index === chosen ? radius * 1.3 : radius);
      circle.dataset.index = index;
      if (index === chosen) circle.setAttribute('class', 'chosen');
      handles.appendChild(circle);
    });
  }
  function place(event) {
    var area = svg.getBoundingClientRect();
    return [Math.min(Math.max((event.clientX - area.left) / area.width * width, 0), width),
      Math.min(Math.max((event.clientY - area.top) / area.height * height, 0), height)];
  }
  function distance(p, a, b) {
    var dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    var t = length ? Math.min(Math.max(((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length, 0), 1) : 0;
    return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
  }
  // A new corner goes into the side that it is nearest to.
  function insert(p) {
    if (points.length < 3) { points.push(p); chosen = points.length - 1; return; }
    var best = 0, least = Infinity;
    points.forEach(function (a, index) {
      var d = distance(p, a, points[(index + 1) % points.length]);
      if (d < least) { least = d; best = index; }
    });
    points.splice(best + 1, 0, p);
    chosen = best + 1;
  }
  function remove() {
    if (chosen < 0) return;
    points.splice(chosen, 1);
    chosen = Math.min(chosen, points.length - 1);
    draw();
  }
  svg.addEventListener('pointerdown', function (event) {
    if (event.button) return;
    event.preventDefault();
    svg.focus();
    svg.setPointerCapture(event.pointerId);
    var index = event.target.dataset ? event.target.dataset.index : undefined;
    if (index === undefined) insert(place(event)); else chosen = +index;
    dragging = true;
    draw();
  });
  svg.addEventListener('pointermove', function (event) {
    if (!dragging || chosen < 0) return;
    points[chosen] = place(event);
    draw();
  });
  ['pointerup', 'pointercancel'].forEach(function (name) {
    svg.addEventListener(name, function () { dragging = false; });
  });
  svg.addEventListener('keydown', function (event) {
    var step = event.shiftKey ? 10 : 1, moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (moves[event.key] && chosen >= 0) {
      var p = points[chosen];
      p[0] = Math.min(Math.max(p[0] + moves[event.key][0] * step, 0), width);
      p[1] = Math.min(Math.max(p[1] + moves[event.key][1] * step, 0), height);
      draw();
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      remove();
    } else if (event.key === '[' || event.key === ']') {
      chosen = points.length ? (chosen + (event.key === ']' ? 1 : points.length - 1) + points.length) % points.length : -1;
      draw();
    } else { return; }
    event.preventDefault();
  });
  document.getElementById('remove').addEventListener('click', remove);
  document.getElementById('clear').addEventListener('click', function () { points = []; chosen = -1; draw(); });
  document.getElementById('add').addEventListener('click', function () {
    if (points.length < 2) { insert([width / 2 + points.length * width / 8, height / 2]); draw(); return; }
    var longest = 0, at = 0;
    points.forEach(function (a, index) {
      var b = points[(index + 1) % points.length], d = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (d > longest) { longest = d; at = index; }
    });
    var a = points[at], b = points[(at + 1) % points.length];
    points.splice(at + 1, 0, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    chosen = at + 1;
    draw();
  });
  field.addEventListener('input', function () { read(); chosen = -1; draw(true); });
  window.addEventListener('resize', function () { draw(true); });
  read();
  draw(true);
})();
