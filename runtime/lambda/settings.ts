/** What a function is told of its deployment. */
export interface Settings {
  /** What everything of the deployment is named after. */
  readonly name: string;
  readonly table: string;
  /** Name of the bus that state changes of incidents are told on. */
  readonly bus: string;
  readonly queueArn: string;
  /** Group that one-time schedules are made in. */
  readonly scheduleGroup: string;
  /** Role that a schedule sends to the queue as. */
  readonly scheduleRoleArn: string;
  /** What names of the roles begin with, before `reader` or the name of a remediation. */
  readonly rolePrefix: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** An event that is older, in seconds, is not acted on. */
  readonly maxEventAge: number;
}

/** The function was deployed without what it must know. Nothing is done; the messages stay in the queue. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const anHour = 3_600;

/** Reads the settings from the environment of a function; throws a `SettingsError` that names all that is wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = [];
  const text = (name: string, shape: RegExp): string => {
    const value = environment[name] ?? '';
    if (value === '') wrong.push(`${name} is not set`);
    else if (!shape.test(value)) wrong.push(`${name} is ${JSON.stringify(value.slice(0, 80))}, which does not fit`);
    return value;
  };
  const queueArn = text('HOMEOSTAT_QUEUE_ARN', /^arn:[\w-]+:sqs:[\w-]+:\d+:[\w.-]+$/);
  const scheduleGroup = text('HOMEOSTAT_SCHEDULE_GROUP', /^[\w.-]+$/);
  const maxEventAge = Number(environment.HOMEOSTAT_MAX_EVENT_AGE ?? anHour);
  if (!(maxEventAge > 0)) wrong.push('HOMEOSTAT_MAX_EVENT_AGE is no number of seconds above 0');
  const settings = {
    name: scheduleGroup,
    table: text('HOMEOSTAT_TABLE', /^[\w.-]+$/),
    bus: text('HOMEOSTAT_BUS', /^[\w./-]+$/),
    queueArn,
    scheduleGroup,
    scheduleRoleArn: text('HOMEOSTAT_SCHEDULE_ROLE_ARN', /^arn:[\w-]+:iam::\d+:role\/.+$/),
    rolePrefix: text('HOMEOSTAT_ROLE_PREFIX', /^[\w+=,.@-]+$/),
    partition: queueArn.split(':')[1] ?? '',
    account: text('HOMEOSTAT_ACCOUNT', /^\d{6,20}$/),
    region: text('HOMEOSTAT_REGION', /^[a-z]{2,}(-[a-z]+)+-\d+$/),
    maxEventAge,
  };
  if (wrong.length === 0) return settings;
  throw new SettingsError(
    `The function cannot work as it is deployed: ${wrong.join('; ')}. Deploy it by infra/ again.`,
  );
}
