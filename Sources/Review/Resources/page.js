// What every page does: mark that scripts run, so that controls which need them are shown.
(function () {
  'use strict';
  document.documentElement.classList.add('js');
  var name = document.querySelector('.top .name');
  document.addEventListener('click', function (event) {
    if (name && name.open && !name.contains(event.target)) name.open = false;
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
