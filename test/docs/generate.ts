import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { regenerated } from './generated';
import { pages, root } from './pages';

// `npm run docs`: after a change of the machine, of the list of remediations, or of what a command prints.
async function main(): Promise<void> {
  for (const { path, text } of pages()) writeFileSync(join(root, path), await regenerated(text));
}

void main();
