using System.Text;
using PhotoStudio.Imaging.Vips;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Imaging.Vips;

public sealed class VipsLibraryTests
{
    [Fact]
    public void The_library_is_recent_enough() => VipsLibrary.Version.ShouldBeGreaterThanOrEqualTo(new Version(8, 13));

    [Theory]
    [InlineData("svgload_buffer", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")]
    [InlineData("ppmload_buffer", "P3 1 1 255 1 2 3\n")]
    [InlineData("radload_buffer", "#?RADIANCE\n\n-Y 1 +X 1\n")]
    [InlineData("magickload_buffer", "GIF89a")]
    public unsafe void Loaders_of_formats_that_are_not_accepted_are_off(string loader, string content)
    {
        VipsLibrary.Start();
        var bytes = Encoding.ASCII.GetBytes(content);
        fixed (byte* data = bytes)
        {
            // A build of libvips may lack the loader altogether.
            var pointer = (nint)data;
            Should.Throw<VipsException>(() =>
            {
                using var load = new VipsOperation(loader);
                load.SetPinned("buffer", (void*)pointer, bytes.Length).Build().Image().Dispose();
            }).Message.ShouldMatch("blocked|not found");
        }
    }
}
