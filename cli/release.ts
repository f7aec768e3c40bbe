import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of this program, such as `0.1.0`. */
export function release(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
