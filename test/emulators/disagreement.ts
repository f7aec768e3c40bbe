import type { ContractCase } from './contract/case';

type EmulatorName = 'moto' | 'ministack';

/** A contract case in which an emulator does not do what AWS does. */
export interface Disagreement {
  readonly operation: ContractCase['operation'];
  readonly emulator: EmulatorName;
  readonly case: string;
  readonly reason: string;
}

/** Cases in which an emulator, or each of several, differs for one and the same reason. */
export function listed(
  emulators: EmulatorName | readonly EmulatorName[],
  reason: string,
  cases: readonly (readonly [operation: Disagreement['operation'], name: string])[],
): readonly Disagreement[] {
  return [emulators].flat().flatMap((emulator) => {
    return cases.map(([operation, name]) => ({ operation, emulator, case: name, reason }));
  });
}
