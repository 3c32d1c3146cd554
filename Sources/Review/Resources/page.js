// What every page does: mark that scripts run, so that controls which need them are shown.
(function () {
  'use strict';
  document.documentElement.classList.add('js');
  var name = document.querySelector('.top .name');
  document.addEventListener('click', function (event) {
    if (name && name.open && !name.contains(event.target)) name.open = false;
  });
  // The one note of a page belongs to whatever is done there.
  var note = document.getElementById('note');
  document.querySelectorAll('form.needs-note').forEach(function (form) {
    form.addEventListener('submit', function () {
      var copy = form.querySelector('input[name=note]') || document.createElement('input');
      copy.type = 'hidden';
      copy.name = 'note';
      copy.value = note.value;
      form.appendChild(copy);
    });
  });
  // A form is sent once: a second press of a key or button waits for the answer to the first.
  document.querySelectorAll('form[method=post]').forEach(function (form) {
    form.addEventListener('submit', function (event) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    });
  });
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-sent]').forEach(function (form) { delete form.dataset.sent; });
  });
})();
