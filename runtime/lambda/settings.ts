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
  /** Where people answer by a link, and the id of the role that the page runs as. */
  readonly page?: { readonly url: string; readonly roleId: string };
}

/** What the function of the page is told. */
export interface PageSettings {
  readonly name: string;
  readonly table: string;
  /** The work queue. */
  readonly queueUrl: string;
  readonly region: string;
}

/** The function was deployed without what it must know. Nothing is done; the messages stay in the queue. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const anHour = 3_600;

type Environment = Readonly<Record<string, string | undefined>>;

/** A reader of variables, and the list of what it found wrong. */
function reading(environment: Environment): { wrong: string[]; text: (name: string, shape: RegExp) => string } {
  const wrong: string[] = [];
  const text = (name: string, shape: RegExp): string => {
    const value = environment[name] ?? '';
    if (value === '') wrong.push(`${name} is not set`);
    else if (!shape.test(value)) wrong.push(`${name} is ${JSON.stringify(value.slice(0, 80))}, which does not fit`);
    return value;
  };
  return { wrong, text };
}

function soundOr<T>(settings: T, wrong: readonly string[]): T {
  if (wrong.length === 0) return settings;
  throw new SettingsError(
    `The function cannot work as it is deployed: ${wrong.join('; ')}. Deploy it by infra/ again.`,
  );
}

const nameOfTable = /^[\w.-]+$/;
const nameOfRegion = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/** Reads the settings from the environment of a function; throws a `SettingsError` that names all that is wrong. */
export function readSettings(environment: Environment): Settings {
  const { wrong, text } = reading(environment);
  const queueArn = text('HOMEOSTAT_QUEUE_ARN', /^arn:[\w-]+:sqs:[\w-]+:\d+:[\w.-]+$/);
  const scheduleGroup = text('HOMEOSTAT_SCHEDULE_GROUP', /^[\w.-]+$/);
  const maxEventAge = Number(environment.HOMEOSTAT_MAX_EVENT_AGE ?? anHour);
  if (!(maxEventAge > 0)) wrong.push('HOMEOSTAT_MAX_EVENT_AGE is no number of seconds above 0');
  const settings = {
    name: scheduleGroup,
    table: text('HOMEOSTAT_TABLE', nameOfTable),
    bus: text('HOMEOSTAT_BUS', /^[\w./-]+$/),
    queueArn,
    scheduleGroup,
    scheduleRoleArn: text('HOMEOSTAT_SCHEDULE_ROLE_ARN', /^arn:[\w-]+:iam::\d+:role\/.+$/),
    rolePrefix: text('HOMEOSTAT_ROLE_PREFIX', /^[\w+=,.@-]+$/),
    partition: queueArn.split(':')[1] ?? '',
    account: text('HOMEOSTAT_ACCOUNT', /^\d{6,20}$/),
    region: text('HOMEOSTAT_REGION', nameOfRegion),
    maxEventAge,
    // One without the other would be a page whose messages cannot be told from an operator's.
    ...((environment.HOMEOSTAT_PAGE_URL ?? environment.HOMEOSTAT_PAGE_ROLE_ID) !== undefined && {
      page: {
        url: text('HOMEOSTAT_PAGE_URL', /^https:\/\/[\w.-]+\/?$/),
        roleId: text('HOMEOSTAT_PAGE_ROLE_ID', /^[A-Z0-9]{16,40}$/),
      },
    }),
  };
  return soundOr(settings, wrong);
}

/** The same for the function of the page. */
export function readPageSettings(environment: Environment): PageSettings {
  const { wrong, text } = reading(environment);
  const settings = {
    name: text('HOMEOSTAT_NAME', /^[\w.-]+$/),
    table: text('HOMEOSTAT_TABLE', nameOfTable),
    queueUrl: text('HOMEOSTAT_QUEUE_URL', /^https?:\/\/\S+$/),
    region: text('HOMEOSTAT_REGION', nameOfRegion),
  };
  return soundOr(settings, wrong);
}
