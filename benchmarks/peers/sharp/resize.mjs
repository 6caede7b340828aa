// Resizes one JPEG again and again with sharp. Usage: node resize.mjs FILE WIDTH QUALITY THREADS
// On standard input, "resize" answers the milliseconds of one resize, "save PATH" writes one result there.
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import sharp from 'sharp';

const [path, width, quality, threads] = process.argv.slice(2);
const file = readFileSync(path);

// No operation is remembered from one run to the next.
sharp.cache(false);
sharp.concurrency(Number(threads));

const resize = () =>
  sharp(file)
    .autoOrient()
    .resize({ width: Number(width), kernel: 'lanczos3' })
    .jpeg({ quality: Number(quality), chromaSubsampling: '4:2:0' })
    .toBuffer();

for await (const line of createInterface({ input: process.stdin })) {
  const [command, target] = line.split(' ');
  if (command === 'save') {
    writeFileSync(target, await resize());
    console.log('saved');
    continue;
  }

  const began = performance.now();
  await resize();
  console.log((performance.now() - began).toFixed(3));
}
