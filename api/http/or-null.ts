import { z } from '@hono/zod-openapi';

/** That or null. `nullable()` on a schema with a name would make the name itself nullable in the OpenAPI document. */
export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);
