/**
 * Gathers the texts to customers; run it after each change under `shared/formats/texts`. Tests fail until it was run.
 * From: its `.liquid`, `.mjml` and label files. Next: `texts.json` and `layout.json` there, which the bundle holds.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textSources, writeGenerated } from './generate/generated-files.ts';
import { layoutJson } from './generate/text-sources.ts';

writeGenerated(textSources);
const layoutPath = 'shared/formats/texts/layout.json';
writeFileSync(join(import.meta.dirname, '..', layoutPath), await layoutJson());
console.log(`${layoutPath} written`);
