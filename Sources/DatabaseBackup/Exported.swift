// What users of this library meet: a download is a source of bytes.
@_exported public import ObjectStores
