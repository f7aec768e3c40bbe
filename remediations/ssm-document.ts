import { z } from 'zod';

const arn = /^arn:aws[a-z-]*:ssm:[a-z0-9-]+:(?:\d{12})?:document\/[\w.-]{3,128}$/;
const name = /^[\w.-]{3,128}$/;

/** Exact name of a document, or its ARN when another account shares it. */
export const anyDocument = z.union([z.string().regex(name), z.string().regex(arn)]);

/** Its version, a number: `$LATEST` and `$DEFAULT` would run what nobody has looked at. */
export const documentVersion = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'must be the number of a version, not $LATEST or $DEFAULT');

/** AWS keeps these beginnings to itself. `AWS-RunShellScript` and its like run as root whatever they are given. */
const ownName = /^(?![Aa][Ww][Ss]|[Aa][Mm][Aa][Zz][Oo][Nn]|[Aa][Mm][Zz][Nn])[\w.-]{3,128}$/;

/** Name of a document of one's own account, with a command of its own in it. */
export const ownDocument = z
  .string()
  .regex(
    ownName,
    'must be a document of your own: those of AWS, such as AWS-RunShellScript, run whatever they are given',
  );
