// A record is one block of bytes: a header in JSON, and arrays. packing.py wrote it.

const ARRAY_TYPES = {
  f8: Float64Array,
  f4: Float32Array,
  u4: Uint32Array,
  u2: Uint16Array,
  u1: Uint8Array,
  i4: Int32Array,
  i2: Int16Array,
};

export const FILTERED = 4294967295; // a token that is not in the vocabulary

/** Return the bytes in whatever wrapping they came, or null. */
export function recordBytes(data) {
  if (!data) return null;
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return recordBytes(data.record);
}

/** Read only the header: enough to see whether a record is a new one. */
export function readHeader(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
}

/** Read it all: the header, and the arrays by name. */
export function unpack(bytes) {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice(); // typed arrays need aligned memory
  const { arrays: places, ...header } = readHeader(aligned);
  const arrays = {};
  for (const [name, [type, offset, shape]] of Object.entries(places)) {
    const size = shape.reduce((product, n) => product * n, 1);
    arrays[name] = new ARRAY_TYPES[type](aligned.buffer, aligned.byteOffset + offset, size);
  }
  return { header, arrays };
}
