// The vectors of push and pull as shapes: dots with the arrows of their steps, v and h from the origin, the centroid.

export function axes({ theme, place, size }) {
  const [x0, y0] = place(0, 0);
  return [
    { key: "axis-x", type: "line", x: 0, y: y0, x2: size.width, y2: y0, color: theme.thin, width: 1 },
    { key: "axis-y", type: "line", x: x0, y: 0, x2: x0, y2: size.height, color: theme.thin, width: 1 },
  ];
}

export function outputs({ data, theme, place, end }, lit) {
  const quiet = lit.size > 0;
  const dots = [];
  const arrows = [];
  for (const one of [...data.points].reverse()) {
    const [x, y] = place(one.x, one.y);
    const key = `u-${one.row}`;
    const bright = lit.has(key);
    const target = one.role === "target";
    const alpha = bright ? 1 : quiet ? 0.25 : one.role === "still" ? 0.4 : 0.9;
    dots.push({
      key,
      type: "dot",
      x,
      y,
      r: target ? 7 : bright ? 6 : 4.5,
      alpha,
      fill: theme.context,
      color: bright ? theme.text : one.role === "drawn" ? theme.minus : theme.background,
      width: bright ? 2 : one.role === "drawn" ? 3 : 1,
    });
    if (!one.dx && !one.dy) continue;
    const [x2, y2] = place(...end(one));
    const pull = one.error < 0;
    arrows.push({
      key: `${key}-step`,
      type: "arrow",
      x,
      y,
      x2,
      y2,
      color: pull ? theme.pull : theme.push,
      width: pull ? 3 : 2,
      head: pull ? 11 : 8,
      alpha: quiet && !bright ? 0.25 : 1,
    });
  }
  return [...dots, ...arrows];
}

export function centroid({ data, theme, place }) {
  const { x, y, dx, dy } = data.centroid;
  const [px, py] = place(x, y);
  const [qx, qy] = place(x + data.factor * dx, y + data.factor * dy);
  return [
    { key: "centroid-step", type: "arrow", x: px, y: py, x2: qx, y2: qy, color: theme.text, width: 2, head: 8 },
    { key: "centroid-ground", type: "dot", x: px, y: py, r: 9, fill: theme.background, color: theme.text, width: 2 },
    { key: "centroid", type: "cross", x: px, y: py, r: 9, color: theme.text, width: 2 },
  ];
}

export function inputs({ data, theme, place, end }, lit) {
  const [x0, y0] = place(0, 0);
  const [hx, hy] = place(...data.h);
  const single = data.inputs.length === 1;
  const shapes = single
    ? []
    : [{ key: "h", type: "arrow", x: x0, y: y0, x2: hx, y2: hy, color: theme.center, width: 3.5, head: 13 }];
  for (const one of data.inputs) {
    const [x, y] = place(one.x, one.y);
    const [x2, y2] = place(...end(one));
    const bright = lit.has(`v-${one.id}`);
    shapes.push(
      {
        key: `v-${one.id}`,
        type: "arrow",
        x: x0,
        y: y0,
        x2: x,
        y2: y,
        color: theme.center,
        width: single ? 3.5 : bright ? 3 : 1.5,
        head: single ? 13 : 9,
        alpha: single || bright ? 1 : 0.6,
      },
      { key: `v-${one.id}-step`, type: "arrow", x, y, x2, y2, color: theme.centerText, width: 2, head: 8 },
    );
  }
  return shapes;
}
