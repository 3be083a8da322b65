import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { families } from '../faults/families.ts';
import { killMatrix } from '../faults/kill-matrix.ts';
import { killCounts, killMatrixAsJson, killMatrixInMarkdown } from '../faults/render-kill-matrix.ts';
import { ionet } from '../provider.ts';
import { writeWhole } from '../report/files.ts';
import { takeStock } from './inventory.ts';
import { projectRoot, suitesDir } from './paths.ts';

/** Every fault there is on the cases it touches: `npm run kill-matrix`. Ends 1 when a check is blind or cries wolf. */
const matrix = await killMatrix({
  families,
  inventory: await takeStock(suitesDir),
  model: ionet.models[0] ?? '',
  width: 8,
});

const folder = join(projectRoot, 'reports');
mkdirSync(folder, { recursive: true });
writeWhole(join(folder, 'kill-matrix.md'), killMatrixInMarkdown(matrix));
writeWhole(join(folder, 'kill-matrix.json'), `${JSON.stringify(killMatrixAsJson(matrix), null, 2)}\n`);

for (const { name, faults } of families)
  process.stdout.write(`${name.padEnd(24)}${String(faults.length).padStart(4)}\n`);
for (const problem of matrix.problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${killCounts(matrix)}\n`);
process.exitCode = matrix.problems.length > 0 ? 1 : 0;
