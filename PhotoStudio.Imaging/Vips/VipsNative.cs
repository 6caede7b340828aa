using System.Runtime.InteropServices;

namespace PhotoStudio.Imaging.Vips;

/// <summary>
/// The part of the C interfaces of libvips and GObject that the binding uses; both are found through one library handle
/// (see <see cref="VipsLibrary"/>). C functions with variable arguments cannot be called from here, hence operations are
/// built the way libvips' guide for bindings describes: new, set properties, build, get properties.
/// </summary>
internal static partial class VipsNative
{
    /// <summary>The name that <see cref="VipsLibrary"/> resolves.</summary>
    internal const string Library = "vips";

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Init(string programName);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    internal static partial int Version(int part);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    internal static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    internal static partial void SetCacheMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void BlockOperation(string className, int blocked);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer")]
    internal static partial nint ErrorBuffer();

    [LibraryImport(Library, EntryPoint = "vips_error_clear")]
    internal static partial void ErrorClear();

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_mem")]
    internal static partial nuint TrackedMemory();

    [LibraryImport(Library, EntryPoint = "vips_object_map")]
    internal static unsafe partial nint ObjectMap(delegate* unmanaged[Cdecl]<nint, nint, nint, nint> function, nint first, nint second);

    [LibraryImport(Library, EntryPoint = "g_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    internal static partial void ObjectUnref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void SetProperty(GObjectHandle instance, string name, in GValue value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void GetProperty(GObjectHandle instance, string name, ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    internal static partial nint ValueInit(ref GValue value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    internal static partial void ValueUnset(ref GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_set_boolean")]
    internal static partial void ValueSetBoolean(ref GValue value, int content);

    [LibraryImport(Library, EntryPoint = "g_value_set_int")]
    internal static partial void ValueSetInt(ref GValue value, int content);

    [LibraryImport(Library, EntryPoint = "g_value_set_double")]
    internal static partial void ValueSetDouble(ref GValue value, double content);

    [LibraryImport(Library, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ValueSetString(ref GValue value, string content);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    internal static partial void ValueSetObject(ref GValue value, GObjectHandle content);

    [LibraryImport(Library, EntryPoint = "g_value_dup_object")]
    internal static partial nint ValueDupObject(in GValue value);

    [LibraryImport(Library, EntryPoint = "g_value_set_boxed")]
    internal static partial void ValueSetBoxed(ref GValue value, nint content);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    internal static partial nint ValueGetBoxed(in GValue value);

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint OperationNew(string nickname);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    internal static partial nint OperationBuild(GObjectHandle operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    internal static partial void UnrefOutputs(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_set_argument_from_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetArgumentFromString(GObjectHandle operation, string name, string value);

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    internal static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    internal static partial nuint BlobType();

    [LibraryImport(Library, EntryPoint = "vips_array_double_get_type")]
    internal static partial nuint ArrayDoubleType();

    [LibraryImport(Library, EntryPoint = "vips_blob_new")]
    internal static unsafe partial nint BlobNew(nint freeFunction, void* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    internal static partial nint BlobGet(nint blob, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_array_double_new")]
    internal static partial nint ArrayDoubleNew(ReadOnlySpan<double> content, int length);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    internal static partial void AreaUnref(nint area);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory")]
    internal static unsafe partial nint ImageFromMemory(void* data, nuint size, int width, int height, int bands, VipsBandFormat format);

    [LibraryImport(Library, EntryPoint = "vips_image_copy_memory")]
    internal static partial nint ImageCopyMemory(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_write")]
    internal static partial int ImageWrite(GObjectHandle image, GObjectHandle target);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    internal static partial nint ImageWriteToMemory(GObjectHandle image, out nuint size);

    [LibraryImport(Library, EntryPoint = "vips_image_set_kill")]
    internal static partial void ImageSetKill(GObjectHandle image, int kill);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    internal static partial int ImageWidth(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    internal static partial int ImageHeight(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    internal static partial int ImageBands(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    internal static partial VipsBandFormat ImageFormat(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    internal static partial VipsInterpretation ImageInterpretation(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    internal static partial int ImageHasAlpha(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    internal static partial int ImageOrientation(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint ImageFieldType(GObjectHandle image, string name);

    [LibraryImport(Library, EntryPoint = "vips_image_get_blob", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ImageGetBlob(GObjectHandle image, string name, out nint data, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_set_blob_copy", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ImageSetBlobCopy(GObjectHandle image, string name, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_set_int", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ImageSetInt(GObjectHandle image, string name, int value);

    [LibraryImport(Library, EntryPoint = "vips_image_get_int", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ImageGetInt(GObjectHandle image, string name, out int value);

    [LibraryImport(Library, EntryPoint = "vips_image_get_array_int", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ImageGetArrayInt(GObjectHandle image, string name, out nint values, out int count);

    [LibraryImport(Library, EntryPoint = "vips_image_set_array_int", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ImageSetArrayInt(GObjectHandle image, string name, ReadOnlySpan<int> values, int count);

    [LibraryImport(Library, EntryPoint = "vips_image_get", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ImageGet(GObjectHandle image, string name, ref GValue value);

    [LibraryImport(Library, EntryPoint = "vips_image_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ImageSet(GObjectHandle image, string name, in GValue value);

    [LibraryImport(Library, EntryPoint = "vips_image_get_xres")]
    internal static partial double ImageXRes(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_yres")]
    internal static partial double ImageYRes(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_fields")]
    internal static partial nint ImageFields(GObjectHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_as_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ImageGetAsString(GObjectHandle image, string name, out nint text);

    [LibraryImport(Library, EntryPoint = "g_strfreev")]
    internal static partial void FreeStrings(nint strings);

    [LibraryImport(Library, EntryPoint = "vips_image_remove", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ImageRemove(GObjectHandle image, string name);

    [LibraryImport(Library, EntryPoint = "vips_icc_is_compatible_profile")]
    internal static partial int IsCompatibleProfile(GObjectHandle image, nint data, nuint length);

    /// <summary>The C library's environment; .NET keeps a copy of its own, which native code does not see.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetEnvironment(string name, string value, int overwrite);
}

/// <summary>A GValue: the type and two words of content; 24 bytes on 64-bit machines.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    internal nuint Type;
    internal ulong First;
    internal ulong Second;
}

/// <summary>The fundamental types of GObject that are used: the number shifted by G_TYPE_FUNDAMENTAL_SHIFT.</summary>
internal static class GType
{
    internal const nuint Boolean = 5 << 2;
    internal const nuint Int = 6 << 2;
    internal const nuint Double = 15 << 2;
    internal const nuint String = 16 << 2;
}

/// <summary>VipsBandFormat: the type of a sample. Only the ones that are told apart here have names.</summary>
internal enum VipsBandFormat
{
    Byte = 0,
    UShort = 2,
    Float = 6,
}

/// <summary>VipsInterpretation: what the samples mean. Only the ones that are told apart here have names.</summary>
internal enum VipsInterpretation
{
    Multiband = 0,
    Gray = 1,
    Cmyk = 15,
    Srgb = 22,
    Rgb16 = 25,
    Gray16 = 26,
}
