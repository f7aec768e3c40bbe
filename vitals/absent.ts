/** What was asked for; undefined where AWS says, by an error of this name, that there is none. */
export async function orAbsent<Answer>(name: string, asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  }
}
