import { durationText } from '../../statemachines/duration';
import { awsFault } from '../aws-fault';
import { missing, notChecked, ok, warning, type Check } from './check';

/** Signatures are refused from five minutes on; a minute already makes the ages of things wrong. */
const mostAheadSeconds = 60;
/** AWS tells the time in whole seconds, and an answer takes a while. */
const tellable = 2;

const credentialsCheck: Check = {
  name: 'credentials',
  look: async ({ caller }) => {
    try {
      return ok((await caller()).arn);
    } catch (error) {
      const { what, next } = awsFault(error);
      return missing(what, next);
    }
  },
};

const regionCheck: Check = {
  name: 'region',
  look: async ({ deployment }) => {
    try {
      return ok(await deployment.region());
    } catch (error) {
      const { what, next } = awsFault(error);
      return missing(what, next);
    }
  },
};

const clockCheck: Check = {
  name: 'clock',
  look: async ({ caller }) => {
    const { aheadBy } = await caller();
    if (aheadBy === undefined) return notChecked('AWS told no time', 'compare the clock of this machine by hand');
    const seconds = Math.round(Math.abs(aheadBy) / 1_000);
    const off = `${durationText(seconds)} ${aheadBy > 0 ? 'ahead of' : 'behind'} AWS`;
    return seconds <= mostAheadSeconds
      ? ok(seconds <= tellable ? 'as at AWS' : off)
      : warning(`the clock of this machine is ${off}`, 'set it by NTP');
  },
};

/** Who asks, where, and at what time. */
export const callerChecks: readonly Check[] = [credentialsCheck, regionCheck, clockCheck];
