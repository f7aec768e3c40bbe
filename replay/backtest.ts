import type { Mode } from '../statemachines/rule';
import { compare, type Comparison } from './backtest/comparison';
import type { SideSetting } from './backtest/side';
import { playInThread } from './backtest/side-thread';
import type { Recording } from './recording';

/** A policy as it was read: its text, and the file that it is of. */
export type PolicyText = SideSetting['policy'];

/** What a backtest is made of: recordings, and two policies that have been found good. */
export interface BacktestSetting {
  readonly recordings: readonly Recording[];
  readonly old: PolicyText;
  readonly new: PolicyText;
  readonly mode: Mode;
  /** Goes before the recordings' own. */
  readonly accountFile?: string | undefined;
  readonly peopleApprove?: boolean;
  /** Is told now and then how many events both sides have played. */
  readonly onProgress?: (events: number) => void;
}

/**
 * Replays recorded events under two policies at the same time, each in a thread and a simulated world of its own, and compares
 * what becomes of them. What is held grows with the incidents, not with the events. Throws for an account that cannot be read.
 */
export async function backtest(setting: BacktestSetting): Promise<Comparison> {
  const { recordings, mode, accountFile, peopleApprove = false, onProgress } = setting;
  const played = { old: 0, new: 0 };
  const play = (side: 'old' | 'new') =>
    playInThread({ recordings, policy: setting[side], mode, accountFile, peopleApprove }, (events) => {
      played[side] = events;
      onProgress?.(Math.min(played.old, played.new));
    });
  const [old, fresh] = await Promise.all([play('old'), play('new')]);
  const files = { old: setting.old.file, new: setting.new.file };
  return compare({ old, new: fresh, files, mode, peopleApprove });
}
