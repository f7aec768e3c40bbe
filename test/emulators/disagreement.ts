import type { ContractCase } from './contract/case';

/** A contract case in which an emulator does not do what AWS does. */
export interface Disagreement {
  readonly operation: ContractCase['operation'];
  readonly emulator: 'moto' | 'ministack';
  readonly case: string;
  readonly reason: string;
}

/** Cases in which an emulator differs for one and the same reason. */
export function listed(
  emulator: Disagreement['emulator'],
  reason: string,
  cases: readonly (readonly [operation: Disagreement['operation'], name: string])[],
): readonly Disagreement[] {
  return cases.map(([operation, name]) => ({ operation, emulator, case: name, reason }));
}
