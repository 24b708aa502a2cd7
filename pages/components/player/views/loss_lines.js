// The lines that a loss is compared with, and the name of its axis.
import { canvasFont } from "../../kit/theme.js";
import { threeDigits } from "../../kit/format.js";

const LOW = 80; // px: too low a picture for three names
const TOO_LOW = 40; // px: for any name; what the lines are is said by the picture's title

/** Three dashed lines with their names, kept apart. */
export function drawReferences(pen, picture) {
  const { theme, frame, numbers } = picture;
  const { goal, keeps_back: keepsBack } = picture.record; // where the loss ends can be what is asked
  const { uniform, unigram, floor } = goal;
  const right = frame.left + frame.span;
  const lines = [
    ["guess, all words alike", uniform],
    ["guess by word frequency", unigram],
    [numbers ? "floor" : "as good as this text allows", floor, true],
  ];
  pen.font = canvasFont(theme, 13);
  pen.textBaseline = "middle";
  let lowest = -Infinity;
  for (const [name, loss, isFloor] of lines) {
    if (loss === null || loss === undefined || (isFloor && keepsBack)) continue;
    const y = picture.y(loss);
    pen.strokeStyle = theme.line;
    pen.lineWidth = 1.25;
    pen.setLineDash([5, 4]);
    pen.beginPath();
    pen.moveTo(frame.left, y);
    pen.lineTo(right, y);
    pen.stroke();
    pen.setLineDash([]);
    if (frame.tall < TOO_LOW * theme.scale) continue;
    const at = isFloor ? placeOfFloor(picture, y, lowest) : placeOfGuess(y, lowest);
    if (at === null) continue;
    if (uniform && loss === unigram && frame.tall < LOW) continue;
    if (!isFloor) lowest = at;
    pen.textAlign = isFloor ? "left" : "right"; // where the curve is not
    const x = isFloor ? frame.left + 6 : right - 2;
    const text = numbers ? `${name} ${threeDigits(loss)}` : name;
    pen.lineWidth = 4;
    pen.lineJoin = "round";
    pen.strokeStyle = theme.background;
    pen.strokeText(text, x, at);
    pen.fillStyle = theme.muted;
    pen.fillText(text, x, at);
  }
}

/** Where the middle of its name is: above its line, or below it where `lowest`, the name before, is in the way. */
function placeOfGuess(y, lowest) {
  return y - 9 > lowest + 14 ? y - 9 : Math.max(y + 10, lowest + 15);
}

/**
 * Where the middle of the floor's name is: below its line, where no curve gets to; else above it, unless the curve comes
 * down to it (null: nowhere). `lowest` is where the lowest of the other names is.
 */
function placeOfFloor(picture, y, lowest) {
  const { theme, frame, range } = picture;
  const below = y + 13 * theme.scale <= frame.top + frame.tall + 4;
  const at = below ? y + 8 * theme.scale : y - 9;
  if (at < lowest + 14 && frame.span < 300) return null;
  return below || picture.y(range.least) < at - 9 ? at : null;
}

/** What the upright axis says, along it, where there is room. */
export function drawAxisName(pen, { theme, frame }, name) {
  const { top, tall } = frame;
  if (pen.measureText(name).width > tall + 2 * top) return;
  pen.save();
  pen.translate(8 * theme.scale, top + tall / 2);
  pen.rotate(-Math.PI / 2);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = theme.muted;
  pen.fillText(name, 0, 0);
  pen.restore();
}
