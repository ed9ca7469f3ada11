/** What an answer with an error says: what is wrong, and what to do. */
export class ApiError extends Error {
  constructor(message, next) {
    super(message);
    this.next = next;
  }
}

/** The document at a path. Throws ApiError when the server refuses, anything else when there is none. */
export async function get(path) {
  const response = await fetch(path, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(15000),
  });
  if (response.status === 401) {
    location.assign('/signin');
  }
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new ApiError(
      body.error?.message ?? `${path} answered ${response.status}`,
      body.error?.next ?? '',
    );
  }
  return response.json();
}
