import { today as dayIn } from '#api/domain/schedule.ts';
import { now } from '#api/instance.ts';

/** Today in Europe/London, 'YYYY-MM-DD', by the clock that the api goes by. */
export const today = (): string => dayIn(now());
