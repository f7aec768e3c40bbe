import { groupScope, scopeText } from '../scope';
import type { Resource } from '../../signals/signal';

/** What people call a resource in a reason: its id, or the name in its ARN. */
export function resourceName(resource: Resource): string {
  return scopeText(groupScope(resource)).replace(/^group /, '');
}
