/**
 * Makes the package that is deployed: one CommonJS file, host.json and a package.json beside it.
 * From: `functions/start.ts` and all it imports. Next: `dist/`, which `azure.yaml` uploads for every app.
 * CommonJS, because the SDKs' spans are lost in ES modules on Flex Consumption. `@azure/functions-core`
 * exists only inside the platform's worker, so it stays outside. Heavy packages that are needed late, if at all,
 * lie in files of their own, so that a cold start does not read them.
 */
import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../steps/tools.ts';
import { functionList } from './function-list.ts';

export const largestBytes = 3 * 1024 * 1024;

export type Bundle = {
  /** The file the worker loads. */
  file: string;
  bytes: number;
  /** The heaviest packages and folders inside, heaviest first. */
  heaviest: { name: string; bytes: number }[];
};

/** Empties `outDir` and fills it. @throws when the code does not bundle. */
export const makePackage = async (outDir: string, entry = 'functions/start.ts'): Promise<Bundle> => {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const file = join(outDir, 'main.cjs');
  const [{ metafile }] = await Promise.all([
    build({
      ...options,
      entryPoints: [join(root, entry)],
      outfile: file,
      sourcemap: 'external',
      plugins: [apart, oneLanguage],
    }),
    ...Object.entries(lateFiles).map(([name, lateFile]) =>
      build({
        ...options,
        stdin: lateEntry(name),
        outfile: join(outDir, lateFile),
        plugins: name === '@azure/service-bus' ? [unused] : [],
      }),
    ),
  ]);
  writeFileSync(join(outDir, 'functions.json'), JSON.stringify(await functionList()));
  copyFileSync(join(root, 'host.json'), join(outDir, 'host.json'));
  mkdirSync(join(outDir, 'fonts'));
  for (const font of fonts) copyFileSync(join(root, fontFolder, font), join(outDir, 'fonts', font));
  copyFileSync(join(root, drawingEngine), join(outDir, 'resvg.wasm'));
  const { name, version } = manifest;
  const deployed = { name, version, private: true, main: 'main.cjs' };
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(deployed, null, 2)}\n`);
  writeFileSync(join(outDir, '.funcignore'), '*.map\n');
  return { file, bytes: statSync(file).size, heaviest: heaviestOf(metafile) };
};

const options = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  metafile: true,
  external: ['@azure/functions-core'],
  define: { 'import.meta.dirname': '__dirname' },
  supported: { 'dynamic-import': false }, // becomes a require at the moment it is reached
  absWorkingDir: root,
  logLevel: 'warning',
} satisfies BuildOptions;

/** Packages that a cold start need not read, and the file each lies in. */
const lateFiles: Readonly<Record<string, string>> = {
  applicationinsights: 'telemetry.cjs',
  '@azure/cosmos': 'cosmos.cjs',
  '@azure/service-bus': 'service-bus.cjs',
  '@azure/communication-email': 'email.cjs',
  '@azure/identity': 'identity.cjs',
  '@azure/storage-blob': 'blob.cjs',
  'date-holidays': 'holidays.cjs',
  pdfkit: 'pdf.cjs',
  echarts: 'charts.cjs',
  '@resvg/resvg-wasm': 'resvg.cjs',
  stripe: 'stripe.cjs',
  'postal-mime': 'inbound.cjs',
  'read-excel-file/universal': 'workbook-in.cjs',
  'write-excel-file/universal': 'workbook-out.cjs',
};
/** Read by `shared/formats/pdf-fonts.ts` with the first PDF. */
const fontFolder = 'node_modules/dejavu-fonts-ttf/ttf';
const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];
/** Read by `shared/formats/charts.ts` with the first chart. */
const drawingEngine = 'node_modules/@resvg/resvg-wasm/index_bg.wasm';

const lateEntry = (name: string) => ({
  contents: `module.exports = require(${JSON.stringify(name)});`,
  resolveDir: root,
});

/** Leads what the main file loads late to the file beside it. */
const apart: Plugin = {
  name: 'late-files-apart',
  setup: (builder) =>
    builder.onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
      Object.hasOwn(lateFiles, path) ? { path: `./${lateFiles[path]}`, external: true } : undefined,
    ),
};

/** Messages of the schema library in fifty languages, of which callers get English. */
const oneLanguage: Plugin = {
  name: 'one-language-of-schemas',
  setup: (builder) =>
    builder.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    })),
};

/**
 * XML for managing a namespace: a part of the Service Bus SDK that nothing here reaches, since queues are made by Bicep.
 */
const unused: Plugin = {
  name: 'unused-left-out',
  setup: (builder) => {
    builder.onResolve({ filter: /^@azure\/core-xml$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    builder.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const heaviestOf = (metafile: Metafile): Bundle['heaviest'] => {
  const sums = new Map<string, number>();
  for (const output of Object.values(metafile.outputs))
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs))
      sums.set(partOf(path), (sums.get(partOf(path)) ?? 0) + bytesInOutput);
  return [...sums]
    .map(([name, bytes]) => ({ name, bytes }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 5);
};

/** The package or the top folder a bundled file belongs to. */
const partOf = (path: string): string => {
  const inPackage = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return inPackage ?? path.split('/').slice(0, 2).join('/');
};
