// An esbuild plugin: of each client that remediations and vitals call, only the operations that they declare are bundled.
// Others would be refused before they reach a client (runtime/aws/access.ts), and EC2 alone has more than seven hundred.
const { existsSync, readdirSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { remediations } = require('../remediations/index.ts');
const { snapshotFirst } = require('../remediations/snapshot-first.ts');
const { vitals } = require('../vitals/index.ts');
const { readsBesideVitals } = require('../vitals/reads-beside.ts');

/** Names of operations, such as `RebootInstances`, whichever service they are of; with those of snapshots that a policy may ask for. */
function declaredOperations() {
  const ofRemediations = remediations
    .map(snapshotFirst)
    .flatMap(({ permissions: { read, write } }) => [...read, ...write.map(({ action }) => action)]);
  const actions = [...readsBesideVitals, ...vitals.flatMap(({ reads }) => reads), ...ofRemediations];
  return [...new Set(actions.map((action) => action.split(':')[1]))].sort();
}

/**
 * A module with a class like the one that the SDK has for all operations: `EC2` beside `EC2Client`. Each is read from a file of its
 * own, since by the client's index all others would be read, too.
 */
function leanClient(client, operations) {
  const folder = join(dirname(require.resolve(`${client}/package.json`)), 'dist-es');
  const [, name] = readdirSync(folder).flatMap((file) => /^(\w+)Client\.js$/.exec(file) ?? []);
  const commands = operations.filter((operation) => existsSync(join(folder, `commands/${operation}Command.js`)));
  const classes = commands.map((operation) => `${operation}Command`);
  return `
    import { ${name}Client } from '${client}/dist-es/${name}Client';
    ${classes.map((one) => `import { ${one} } from '${client}/dist-es/commands/${one}';`).join('\n')}
    export { ${classes.join(', ')} };
    export class ${name} extends ${name}Client {
      ${commands
        .map(
          (operation) =>
            `${operation[0].toLowerCase()}${operation.slice(1)}(input) { return this.send(new ${operation}Command(input)); }`,
        )
        .join('\n')}
    }`;
}

/**
 * The shapes of an SDK client with their keys spelled out: `"xmlName":` in place of `[_xN]:`. A key that is a variable might do
 * anything as far as the bundler knows, so it would keep the shapes of all operations.
 */
function spelledOut(schemas) {
  const names = new Map([...schemas.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, text]) => [name, text]));
  return schemas.replace(/\[(\w+)\]:/g, (found, name) => (names.has(name) ? `${names.get(name)}:` : found));
}

module.exports = (root) => ({
  name: 'lean-clients',
  setup(building) {
    building.onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => ({
      contents: spelledOut(await readFile(path, 'utf8')),
    }));
    const operations = declaredOperations();
    const callers = [
      'sdk-clients',
      'elastic-load-balancing-client',
      'recovery-cluster-client',
      'simple-storage-client',
    ].map((name) => join(root, `runtime/aws/${name}.ts`));
    building.onResolve({ filter: /^@aws-sdk\/client-/ }, ({ path, importer }) =>
      callers.includes(importer) ? { path, namespace: 'lean-clients' } : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: 'lean-clients' }, ({ path }) => ({
      contents: leanClient(path, operations),
      resolveDir: root,
    }));
  },
});
