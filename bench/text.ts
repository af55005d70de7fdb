/** What the measured messages say: about 67 characters, as in the budgets' definition. */
export const TEXT = 'Good evening, is the blue one still there in a size forty-two please';
