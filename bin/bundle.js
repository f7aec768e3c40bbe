// npm run bundle [-- --policy FILE]: what is deployed to Lambda, in dist/lambda/.
require('./typescript');
const { Buffer } = require('node:buffer');
const { readFile } = require('node:fs/promises');
const { mkdirSync, rmSync, writeFileSync, statSync } = require('node:fs');
const { basename, join } = require('node:path');
const { parseArgs } = require('node:util');
const { build, transform } = require('esbuild');
const leanClients = require('./lean-clients');
const { compilePolicy } = require('../runtime/compiled-policy.ts');
const { readPolicyFile } = require('../runtime/policy-file.ts');

const root = join(__dirname, '..');
const { values } = parseArgs({
  options: {
    policy: { type: 'string', default: process.env.HOMEOSTAT_POLICY ?? join(root, 'policies/default.yaml') },
    out: { type: 'string', default: join(root, 'dist/lambda') },
  },
});

/** Zod as a namespace of the module, of which the bundler leaves out what is not used: half of it, and forty languages. */
const leanZod = {
  name: 'lean-zod',
  setup(building) {
    building.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace("import { z } from 'zod';", "import * as z from 'zod';"),
      loader: 'ts',
    }));
  },
};

/** The clients of the SDK and what they share are files of their own, read when the first call to one is made: to parse them takes longest. */
async function inChunks() {
  const { metafile, outputFiles } = await build({
    entryPoints: [join(root, 'runtime/lambda/index.ts')],
    outdir: values.out,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    splitting: true,
    // Splitting is for modules only; `asCommonJs` makes of each what Lambda loads fastest.
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // As modules, so that what is not used is left out.
    mainFields: ['module', 'main'],
    chunkNames: '[name]-[hash]',
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    define: { 'import.meta.url': '__filename' },
    plugins: [leanZod, leanClients(root)],
  });
  return { metafile, files: outputFiles };
}

async function asCommonJs(text, map) {
  const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  return transform(`${text.replace(/\/\/# sourceMappingURL=.*\n?$/, '')}\n${inline}`, {
    format: 'cjs',
    minify: true,
    target: 'node20',
    platform: 'node',
    // By `require`: an import of CommonJS is read three times, to find out what it is and what it exports.
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
  });
}

async function bundle() {
  const read = readPolicyFile(values.policy);
  if (read.kind !== 'policy') {
    for (const { file, line, column, message } of read.errors) console.error(`${file}:${line}:${column} ${message}`);
    process.exitCode = 1;
    return;
  }
  const { metafile, files } = await inChunks();
  rmSync(values.out, { recursive: true, force: true });
  mkdirSync(values.out, { recursive: true });
  const maps = new Map(files.filter(({ path }) => path.endsWith('.map')).map(({ path, text }) => [path, text]));
  for (const { path, text } of files.filter(({ path }) => path.endsWith('.js'))) {
    const { code, map } = await asCommonJs(text, maps.get(`${path}.map`));
    writeFileSync(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
    writeFileSync(`${path}.map`, map);
  }
  writeFileSync(join(values.out, 'policy.json'), compilePolicy(read.policy));
  writeFileSync(join(values.out, '../lambda-metafile.json'), JSON.stringify(metafile));
  report(metafile);
}

/** What a cold start reads, and what the first call of each client adds. */
function report({ outputs }) {
  const scripts = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));
  for (const [path, { entryPoint }] of scripts.sort(([, one], [, other]) => other.bytes - one.bytes)) {
    const of = entryPoint === undefined ? 'shared' : entryPoint.replace('node_modules/', '');
    console.log(`${(statSync(join(root, path)).size / 1024).toFixed(0).padStart(6)} KB  ${basename(path)}  ${of}`);
  }
}

bundle().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
