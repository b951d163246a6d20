import type { APIRoute } from 'astro';
export const POST: APIRoute = async ({ request }) => {
  const f = await request.formData();
  return new Response(String(f.get('postcode')).length.toString());
};
