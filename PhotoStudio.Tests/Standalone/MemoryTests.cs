using System.Net;
using System.Net.Http.Headers;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Standalone;

public sealed class MemoryTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task After_a_large_picture_an_idle_studio_gives_its_memory_back()
    {
        await using var studio = await StudioProcess.StartAsync(_data.Path);
        var file = new VipsPictureCodec().Encode(TestPictures.Gradient(7000, 5000), new EncodeOptions(PictureFormat.Jpeg, 80));
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");

        using var response = await studio.Client.PostAsync(new Uri("/api/v1/operations/remove-background?result=matte", UriKind.Relative), content);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var most = studio.Mebibytes("VmHWM");
        most.ShouldBeGreaterThan(300);
        await Eventually.BecomesTrueAsync(
            () => studio.Mebibytes("VmRSS") < most - 100, $"it holds far less than the {most} MiB it once held");
    }
}
