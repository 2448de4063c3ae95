/** Shows the document rules red and green. From: examples below. Next: `tidy.test.ts` may trust them. */
import { describe, expect, it } from 'vitest';
import { documentsNameFiles, documentsNameScripts } from './documents.ts';

const tree = ['local/clock.ts', 'local/email/start.ts', 'docs/how-to/add-a-queue.md', 'host.json'].map(
  (path) => ({
    path,
    text: '',
  }),
);
const readme = (text: string) => [{ path: 'README.md', text }, ...tree];

describe('what a document may not name', () => {
  it.each([
    ['see `local/clok.ts`', 'names local/clok.ts'],
    ['see `local/emails/`', 'names local/emails/'],
    ['see `azure.yaml`', 'names azure.yaml'],
    ['see `local/*/begin.ts`', 'names local/*/begin.ts'],
    ['see [how](docs/how-to/add-a-topic.md)', 'links to docs/how-to/add-a-topic.md'],
  ])('%s', (text, finding) => {
    expect(documentsNameFiles(readme(`# Dunwell\n${text}\n`))).toEqual([
      `README.md:2: ${finding}, which does not exist`,
    ]);
  });

  it('is found relative to the document', () => {
    const page = { path: 'docs/walk.md', text: '[queue](how-to/add-a-queu.md)' };
    expect(documentsNameFiles([page, ...tree])).toHaveLength(1);
  });
});

describe('what a document may name', () => {
  it.each([
    '`local/clock.ts`, `local/clock.ts:12`, `local/email/`, `host.json`',
    '`local/<service>/start.ts`, `local/*/start.ts`, `local/**/start.ts`, `local/{clock,email}.ts`',
    '`api/health`, `@azure/cosmos`, `dist/main.cjs`, `.local/`, `local.settings.json`, `infra/…`',
    '[how](docs/how-to/add-a-queue.md#first), [out](https://example.com), [here](#tests)',
    '```\nfunctions/yours/triggers.ts\n`functions/yours/triggers.ts`\n```',
  ])('%s', (text) => {
    expect(documentsNameFiles(readme(text))).toEqual([]);
  });

  it('files beside a folder its README stands in', () => {
    const page = { path: 'local/README.md', text: '`clock.ts` and `local/clock.ts`' };
    expect(documentsNameFiles([page, ...tree])).toEqual([]);
  });
});

describe('npm scripts', () => {
  const manifest = { path: 'package.json', text: '{ "scripts": { "start": "x", "test:quick": "x" } }' };

  it.each(['npm run bench', 'npm test', '`npm run test:qick`'])('%s does not exist', (text) => {
    expect(documentsNameScripts([manifest, ...readme(text)])).toHaveLength(1);
  });

  it.each(['npm start', 'npm run test:quick', 'npm ci', '```\nnpm start -- --memory\n```'])(
    '%s exists',
    (text) => {
      expect(documentsNameScripts([manifest, ...readme(text)])).toEqual([]);
    },
  );
});
