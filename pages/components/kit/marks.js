// The outlines of the marks that stand for words, groups, pull and push in the pictures.

/** The outline of a mark around a place. */
export function mark(pen, shape, x, y, r) {
  pen.beginPath();
  if (shape === "disc") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
  else if (shape === "diamond") diamond(pen, x, y, 1.2 * r);
  else for (const [cx, cy] of corners(shape)) pen.lineTo(x + r * cx, y + r * cy);
  pen.closePath();
}

export function diamond(pen, x, y, r) {
  pen.moveTo(x, y - r);
  pen.lineTo(x + r, y);
  pen.lineTo(x, y + r);
  pen.lineTo(x - r, y);
  pen.closePath();
}

/** A filled triangle: up for pull, down for push. */
export function fillTriangle(pen, x, y, r, up, color) {
  const tip = up ? -r : r;
  pen.fillStyle = color;
  pen.beginPath();
  pen.moveTo(x, y + tip);
  pen.lineTo(x - r, y - 0.8 * tip);
  pen.lineTo(x + r, y - 0.8 * tip);
  pen.closePath();
  pen.fill();
}

function corners(shape) {
  if (shape === "triangle")
    return [
      [0, -1.2],
      [1.1, 0.8],
      [-1.1, 0.8],
    ];
  if (shape === "wedge")
    return [
      [0, 1.2],
      [1.1, -0.8],
      [-1.1, -0.8],
    ];
  if (shape === "star") {
    return Array.from({ length: 10 }, (_, i) => {
      const far = i % 2 ? 0.55 : 1.3;
      return [far * Math.sin((i * Math.PI) / 5), -far * Math.cos((i * Math.PI) / 5)];
    });
  }
  const [a, b] = [0.38, 1.15]; // plus; a cross is one that is turned
  const plus = [
    [-a, -b],
    [a, -b],
    [a, -a],
    [b, -a],
    [b, a],
    [a, a],
    [a, b],
    [-a, b],
    [-a, a],
    [-b, a],
    [-b, -a],
    [-a, -a],
  ];
  return shape === "plus" ? plus : plus.map(([x, y]) => [Math.SQRT1_2 * (x - y), Math.SQRT1_2 * (x + y)]);
}
