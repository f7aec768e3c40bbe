/**
 * What of a field is kept. `name`: what names a resource; `runbook`: its name; `rule`: AWS's own name of a rule of AWS Config;
 * `metric`: a metric with its dimensions; `dimensions`: those alone; `resource`: its kind and id; `call`: an operation's name,
 * which with the version of its API may look like a secret; `token`: a word of AWS's own, such as a state; `finding`: what AWS
 * calls a kind of finding, or the rule that found it; `text`: as it is,
 * but for secrets; `words`: free text, of which AWS's own words are kept; `number`; `json`: reason data of an alarm.
 */
export type Leaf =
  | 'name'
  | 'runbook'
  | 'rule'
  | 'metric'
  | 'dimensions'
  | 'token'
  | 'finding'
  | 'text'
  | 'words'
  | 'number'
  | 'account'
  | 'time'
  | 'resource'
  | 'call'
  | 'tags'
  | 'json'
  | 'band';

/** The fields of an object that are kept, each as said; all others are left out. */
export interface Fields {
  readonly [field: string]: Kept;
}

/** One field: a leaf, the fields of an object, or a list of what is kept alike. */
export type Kept = Leaf | Fields | readonly [Kept];
