/**
 * `npm run build`: makes `dist/` and shows that every app starts from it.
 * From: `functions/start.ts`. Next: size against its target, the functions each app registers; exit code 1
 * when the bundle is too large or does not load.
 */
import { join } from 'node:path';
import { topology } from '../shared/contracts/topology.ts';
import { largestBytes, makePackage } from './build/bundle.ts';
import { registeredFunctions } from './build/registered-functions.ts';
import { root } from './steps/tools.ts';

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024).toLocaleString('en-US')} KB`;

const { file, bytes, heaviest } = await makePackage(join(root, 'dist'));
console.log(`dist/main.cjs with its parts: ${kilobytes(bytes)} of at most ${kilobytes(largestBytes)}`);
for (const part of heaviest) console.log(`  ${part.name}: ${kilobytes(part.bytes)}`);

for (const app of Object.keys(topology.apps)) {
  const { functions, loadMs } = await registeredFunctions(file, app);
  const names = functions.map(({ name }) => name).join(', ') || 'nothing yet';
  console.log(`${app}, loaded in ${Math.round(loadMs)} ms: ${names}`);
}

if (bytes > largestBytes) {
  console.error('dist/main.cjs with its parts is too large; load the heaviest part lazily or leave it out');
  process.exitCode = 1;
}
