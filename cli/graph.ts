import type { Command } from 'commander';
import { drawMachine } from '../statemachines/graph';

/** `homeostat graph`: the incident machine as a Mermaid diagram on standard output. */
export function registerGraph(program: Command): void {
  program
    .command('graph')
    .description('draw the incident machine as a Mermaid state diagram')
    .option('--json', 'print { "mermaid": … }')
    .action(({ json }: { json?: true }) => {
      const mermaid = drawMachine();
      console.log(json ? JSON.stringify({ mermaid }) : mermaid);
    });
}
