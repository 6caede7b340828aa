using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Contract;

namespace PhotoStudio.Tests.Imaging.Vips;

public sealed class VipsPictureCodecTests : PictureCodecContract
{
    protected override IPictureCodec Codec { get; } = new VipsPictureCodec();
}
