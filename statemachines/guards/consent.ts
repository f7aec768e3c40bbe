import { defineGuard, type Objection } from './guard';
import { resourceName } from './resource-name';

/** A resource that carries it may be touched: whoever owns the resource has opted in. */
export const optInTag = { key: 'homeostat:heal', value: 'yes' } as const;

/** A resource that carries it, with any value, is never touched, nor are members of a group that carries it. */
export const protectTag = 'homeostat:protect';

const lasting = (reason: string): Objection => ({ reason, lasting: true });

/** Consent of whoever owns what would be touched. IAM asks for it too, where AWS lets it. */
export const consentGuard = defineGuard({
  name: 'consent',
  when: 'on what its owner has not opted in, or protects',
  needs: ['bystanders'],
  objections: (_asking, { bystanders }) => [
    ...bystanders
      .filter(({ touched, tags }) => touched && tags[optInTag.key] !== optInTag.value)
      .map(({ resource }) =>
        lasting(
          `${resourceName(resource)} has not been opted in: its owner has to tag it ${optInTag.key}=${optInTag.value}`,
        ),
      ),
    ...bystanders
      .filter(({ tags }) => protectTag in tags)
      .map(({ resource }) => lasting(`${resourceName(resource)} is protected: it carries the tag ${protectTag}`)),
  ],
});
