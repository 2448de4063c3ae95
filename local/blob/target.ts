/**
 * What a request is about: container, blob, operation.
 * From: the request line. Next: rights, immutability, counts.
 */

export type Target = {
  method: string;
  /** As sent, still encoded, with the query. */
  url: string;
  query: URLSearchParams;
  /** Empty for the account itself. */
  container: string;
  /** Empty for the container itself. */
  blob: string;
  /** `comp` in lower case: `block`, `blocklist`, `lease`, … */
  component: string;
};

export const targetOf = (method: string, url: string): Target => {
  const [path = '', ...rest] = url.split('?');
  const query = new URLSearchParams(rest.join('?'));
  const [, , container = '', ...blob] = path.split('/');
  return {
    method,
    url,
    query,
    container: decode(container),
    blob: decode(blob.join('/')),
    component: query.get('comp')?.toLowerCase() ?? '',
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not an encoding; the service will say so
  }
};

/** Others count together: whoever sends words of their own must not fill the memory. */
const components = new Set(
  [
    'acl',
    'appendblock',
    'block',
    'blocklist',
    'copy',
    'lease',
    'list',
    'metadata',
    'page',
    'pagelist',
  ].concat(['properties', 'query', 'snapshot', 'stats', 'tags', 'tier', 'undelete', 'blobs', 'batch']),
);

/** What counts call it: `PUT blob`, `PUT block`, `GET list`, … */
export const operationOf = ({ method, component, blob, container }: Target): string => {
  const known = components.has(component) ? component : component === '' ? '' : 'other';
  const kind = blob === '' ? (container === '' ? 'account' : 'container') : 'blob';
  return `${method} ${known === '' ? kind : known}`;
};
