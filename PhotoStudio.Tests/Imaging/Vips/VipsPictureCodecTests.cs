using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Contract;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Imaging.Vips;

public sealed class VipsPictureCodecTests(ITestOutputHelper output) : PictureCodecContract(output)
{
    protected override IPictureCodec Codec { get; } = new VipsPictureCodec();
}
