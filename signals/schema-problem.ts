import type { z } from 'zod';
import { plainText } from './plain-text';

/** The first thing that a schema found wrong, as "field: what is wrong with it". */
export function schemaProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it has an unexpected shape';
  const field = issue.path.map(String).join('.');
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return plainText(`${field} is missing`);
  return plainText(field === '' ? issue.message : `${field}: ${issue.message}`);
}
