// Reads [[file, line], …] from standard input and prints what lint would say of each line if it stood alone in that file.
// A process of its own: ESLint loads its configuration in a way that the test runner does not know.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ESLint } = require('eslint');
const tseslint = require('typescript-eslint');

const root = join(__dirname, '../..');

async function main() {
  // The walls need no types, and finding out those of the whole program for each line takes a second.
  const overrideConfig = { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked };
  const eslint = new ESLint({ cwd: root, overrideConfig });
  const complaints = [];
  for (const [file, line] of JSON.parse(readFileSync(0, 'utf8'))) {
    const [result] = await eslint.lintText(`${line}\n`, { filePath: join(root, file) });
    complaints.push(result.messages.map(({ message }) => message));
  }
  process.stdout.write(JSON.stringify(complaints));
}

void main();
