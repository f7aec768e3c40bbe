import { telemetryTo, type Telemetry } from '../../../runtime/lambda/telemetry';

/** Telemetry into a list: what was logged, and what the metrics came to. */
export function listening(now: () => number = () => 0): {
  readonly telemetry: Telemetry;
  logged(): readonly Record<string, unknown>[];
  counted(): Readonly<Record<string, number>>;
} {
  const lines: Record<string, unknown>[] = [];
  return {
    telemetry: telemetryTo((line) => lines.push(JSON.parse(line) as Record<string, unknown>), 'homeostat', now),
    logged: () => lines.filter((line) => !('_aws' in line)),
    counted: () => {
      const sums: Record<string, number> = {};
      for (const line of lines.filter((one) => '_aws' in one)) {
        for (const [name, value] of Object.entries(line)) {
          if (name !== '_aws' && name !== 'Deployment') sums[name] = (sums[name] ?? 0) + Number(value);
        }
      }
      return sums;
    },
  };
}
