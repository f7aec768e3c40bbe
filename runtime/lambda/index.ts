import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose, type Functions } from './composition';
import { composePage, type Page } from './page-composition';
import { readPageSettings, readSettings } from './settings';

let functions: Functions | undefined;
let page: Page | undefined;

// Past the console, which Lambda would wrap a second time.
const outside = { now: Date.now, write: (line: string) => void process.stdout.write(line) };

/** Made by the first call and not before: what is wrong with a deployment is then told as an error of that call. */
function homeostat(): Functions {
  functions ??= compose(readSettings(process.env), readFileSync(join(__dirname, 'policy.json'), 'utf8'), outside);
  return functions;
}

/** Takes batches of the work queue. */
export const work: Functions['work'] = async (batch, context) => homeostat().work(batch, context);

/** Runs each minute. */
export const sweep: Functions['sweep'] = async (event, context) => homeostat().sweep(event, context);

/** Answers browsers that follow a link of a message. */
export const answer: Page = async (event) => {
  page ??= composePage(readPageSettings(process.env), outside);
  return page(event);
};
