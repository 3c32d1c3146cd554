// The plots on the ground, in metres; there is no background, as there is no network.
(function () {
  'use strict';
  var box = document.getElementById('ground');
  if (!box || !window.L) return;
  fetch(box.dataset.source, { credentials: 'same-origin' }).then(function (answer) { return answer.json(); }).then(function (plots) {
    var map = L.map(box, { crs: L.CRS.Simple, attributionControl: false, zoomSnap: 0.25, minZoom: -8, maxZoom: 6 });
    var all = L.featureGroup();
    plots.forEach(function (plot) {
      var shape = L.polygon(plot.points.map(function (p) { return [p[1], p[0]]; }), { className: 'g-' + plot.level, weight: 2 });
      // An element, not a text: names of plots are no markup.
      var label = document.createElement('span');
      label.textContent = plot.title;
      shape.bindTooltip(label, { direction: 'center', permanent: plots.length <= 30 });
      shape.on('click', function () { location.href = plot.link; });
      all.addLayer(shape);
    });
    map.fitBounds(all.getBounds().pad(0.1));
    all.addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    box.dataset.plots = plots.length;
  });
})();
