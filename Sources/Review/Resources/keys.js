// Verdicts by keyboard, the help, and a look now and then whether somebody else has decided.
(function () {
  'use strict';
  var page = document.getElementById('flag'), help = document.getElementById('help');
  var reject = document.getElementById('reject'), permitted = document.getElementById('permitted');
  var casework = document.getElementById('casework');
  var panels = [reject, permitted, casework].filter(Boolean);
  function one(id) { return document.getElementById(id); }
  function click(id) { var it = one(id); if (it) it.click(); return !!it; }

  function open(panel, focus) {
    panels.forEach(function (other) { if (other !== panel) other.open = false; });
    panel.open = true;
    focus.focus();
  }
  function undo() {
    if (click('undo-this')) return;
    var last = one('undo-last');
    if (last) last.requestSubmit();
  }
  one('help-button').addEventListener('click', function () { help.showModal(); });

  var keys = {
    c: function () { click('confirm'); }, u: function () { click('unsure'); },
    r: function () { open(reject, reject.querySelector('button[data-key]')); },
    p: function () { open(permitted, one('number')); },
    o: function () { if (casework) open(casework, one('assignee')); },
    z: undo, j: function () { click('next'); }, n: function () { click('next'); }, k: function () { click('previous'); },
    i: function () { click('inbox'); }, '?': function () { help.showModal(); }
  };
  var sights = {
    b: function (v) { v.blink(); }, m: function (v) { v.marks(); }, s: function (v) { v.side(); },
    f: function (v) { v.place(); }, '0': function (v) { v.all(); }, '+': function (v) { v.zoom(1.5); },
    '=': function (v) { v.zoom(1.5); }, '-': function (v) { v.zoom(1 / 1.5); },
    ArrowLeft: function (v) { v.pan(-0.1, 0); }, ArrowRight: function (v) { v.pan(0.1, 0); },
    ArrowUp: function (v) { v.pan(0, -0.1); }, ArrowDown: function (v) { v.pan(0, 0.1); }
  };
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var target = event.target;
    if (event.key === 'Escape' && panels.some(function (panel) { return panel.open; })) {
      panels.forEach(function (panel) { panel.open = false; });
      one('viewer') ? one('viewer').focus() : one('main').focus();
      return;
    }
    if (help.open) { if (event.key === '?') { event.preventDefault(); help.close(); } return; }
    if (/^(TEXTAREA|SELECT)$/.test(target.tagName)) return;
    if (target.tagName === 'INPUT' && target.type !== 'range') return;
    if (reject.open) {
      var reason = reject.querySelector('button[data-key="' + (/^[0-9-]$/.test(event.key) ? event.key : 'x') + '"]');
      if (reason) { event.preventDefault(); reason.click(); return; }
    }
    var arrow = event.key.indexOf('Arrow') === 0;
    if (arrow && target.tagName === 'INPUT') return;
    // Arrows scroll the page unless the picture was chosen.
    if (arrow && target.id !== 'viewer') return;
    var key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (keys[key] && !event.repeat) {
      event.preventDefault();
      keys[key]();
    } else if (sights[key] && window.plotwatchViewer) {
      event.preventDefault();
      sights[key](window.plotwatchViewer);
    }
  });

  var told = one('meanwhile');
  setInterval(function () {
    if (document.hidden || !told.hidden) return;
    fetch(page.dataset.lastLink, { credentials: 'same-origin' }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : null;
    }).then(function (text) {
      if (!text) return;
      var number = text.split(' ')[0];
      if (number === page.dataset.last) return;
      told.querySelector('b').textContent = text.slice(number.length + 1);
      told.hidden = false;
    }).catch(function () { });
  }, 5000);
})();
