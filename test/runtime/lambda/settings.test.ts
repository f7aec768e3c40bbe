import { readPageSettings, readSettings, SettingsError } from '../../../runtime/lambda/settings';
import { environment, pageEnvironment } from './environment';

describe('the settings of a function', () => {
  it('are read from its environment', () => {
    expect(readSettings(environment)).toEqual({
      name: 'homeostat',
      table: 'homeostat',
      bus: 'homeostat',
      queueArn: environment.HOMEOSTAT_QUEUE_ARN,
      scheduleGroup: 'homeostat',
      scheduleRoleArn: environment.HOMEOSTAT_SCHEDULE_ROLE_ARN,
      rolePrefix: 'homeostat-eu-central-1-',
      partition: 'aws',
      account: '111122223333',
      region: 'eu-central-1',
      maxEventAge: 3_600,
    });
  });

  it('name the partition that the queue is in', () => {
    const china = { ...environment, HOMEOSTAT_QUEUE_ARN: 'arn:aws-cn:sqs:cn-north-1:111122223333:homeostat-work' };
    expect(readSettings(china).partition).toBe('aws-cn');
  });

  it('that are missing are all named at once', () => {
    expect(() => readSettings({})).toThrow(SettingsError);
    for (const name of Object.keys(environment)) expect(() => readSettings({})).toThrow(`${name} is not set`);
  });

  it.each(['0', '-5', 'an hour'])('take no %s for the age of an event', (age) => {
    expect(() => readSettings({ ...environment, HOMEOSTAT_MAX_EVENT_AGE: age })).toThrow('HOMEOSTAT_MAX_EVENT_AGE');
  });

  it.each(Object.keys(environment))('that make no sense are refused: %s', (name) => {
    expect(() => readSettings({ ...environment, [name]: 'no such: thing' })).toThrow(name);
  });

  it('tell of the page where there is one', () => {
    const page = {
      HOMEOSTAT_PAGE_URL: 'https://abc.lambda-url.eu-central-1.on.aws/',
      HOMEOSTAT_PAGE_ROLE_ID: 'AROAEXAMPLEEXAMPLE0001',
    };
    expect(readSettings({ ...environment, ...page }).page).toEqual({
      url: page.HOMEOSTAT_PAGE_URL,
      roleId: 'AROAEXAMPLEEXAMPLE0001',
    });
  });

  it.each([
    [{ HOMEOSTAT_PAGE_URL: 'https://abc.example.com/' }, 'HOMEOSTAT_PAGE_ROLE_ID is not set'],
    [{ HOMEOSTAT_PAGE_ROLE_ID: 'AROAEXAMPLEEXAMPLE0001' }, 'HOMEOSTAT_PAGE_URL is not set'],
    [
      { HOMEOSTAT_PAGE_URL: 'http://abc.example.com/', HOMEOSTAT_PAGE_ROLE_ID: 'AROAEXAMPLEEXAMPLE0001' },
      'does not fit',
    ],
  ])('take no half of a page: %j', (page, why) => {
    expect(() => readSettings({ ...environment, ...page })).toThrow(why);
  });
});

describe('the settings of the page', () => {
  it('are read from its environment', () => {
    expect(readPageSettings(pageEnvironment)).toEqual({
      name: 'homeostat',
      table: 'homeostat',
      queueUrl: pageEnvironment.HOMEOSTAT_QUEUE_URL,
      region: 'eu-central-1',
    });
  });

  it('that are missing are all named at once', () => {
    for (const name of Object.keys(pageEnvironment)) expect(() => readPageSettings({})).toThrow(`${name} is not set`);
  });
});
