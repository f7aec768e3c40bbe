/** What the path of the page begins with; the token follows. */
export const answerPath = '/answer/';
