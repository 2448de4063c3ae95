/**
 * The content types the cloud service is known to take as attachments; anything else is refused.
 * From: the service's page of allowed attachment types. Next: `message.ts`.
 */
const office = 'application/vnd.openxmlformats-officedocument';

export const attachmentTypes: ReadonlySet<string> = new Set([
  'application/gzip',
  'application/json',
  'application/msword',
  'application/pdf',
  'application/rtf',
  'application/vnd.ms-excel',
  'application/vnd.ms-excel.sheet.binary.macroenabled.12',
  'application/vnd.ms-excel.sheet.macroenabled.12',
  'application/vnd.ms-powerpoint',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.text',
  `${office}.presentationml.presentation`,
  `${office}.presentationml.slideshow`,
  `${office}.spreadsheetml.sheet`,
  `${office}.wordprocessingml.document`,
  'application/xml',
  'application/zip',
  'audio/mpeg',
  'audio/wav',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/svg+xml',
  'image/tiff',
  'image/webp',
  'text/calendar',
  'text/csv',
  'text/html',
  'text/plain',
  'text/vcard',
  'text/xml',
  'video/mp4',
  'video/mpeg',
]);
