import { join } from 'node:path';
import type { Command } from 'commander';
import { tell } from './command-result';
import { newRemediation, type NewRemediation } from './new/remediation';

const clone = join(__dirname, '..');

/** Adds `homeostat new remediation NAME`. */
export function registerNew(program: Command): void {
  program
    .command('new')
    .description('begin something of your own, in this clone')
    .command('remediation')
    .description('write a remediation, its scenario, test and recording, and its line in the list')
    .argument('<name>', 'what it does, in kebab-case, such as restart-proxy')
    .option('--takes <kind>', 'kind of resource that it takes', 'ec2-instance')
    .option('--heals <condition>', 'condition that it heals; the first of the kind, if it is not told')
    .option('--system <folder>', 'folder of remediations/ that it goes to; that of others that take the kind')
    .action(async (name: string, options: Omit<NewRemediation, 'name'>) => {
      tell(await newRemediation(clone, { name, ...options }));
    });
}
