import type { Command } from 'commander';
export function registerExplain(_program: Command): void {}
