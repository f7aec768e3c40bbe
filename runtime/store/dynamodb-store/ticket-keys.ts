/** What partition keys of tickets begin with: the page may write rows of these partitions alone. */
export const ticketPartitions = 'ticket/';

/** The attributes that an answer names. The page may write no others, so it can answer by a ticket and make none. */
export const answerAttributes = ['pk', 'sk', 'decision', 'decidedAt', 'expiresAt'] as const;
