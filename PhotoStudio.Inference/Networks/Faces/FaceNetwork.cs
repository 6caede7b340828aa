using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Faces;

/// <summary>Networks that make an aligned face from an aligned face, such as GFPGAN and InSwapper.</summary>
public static class FaceNetwork
{
    /// <summary>The part of an aligned face's side over which the result fades into the picture.</summary>
    public const float Border = 0.15f;

    /// <summary>Runs one.</summary>
    /// <param name="session">The loaded network.</param>
    /// <param name="processing">What goes in and out of it; the face is its first input in the catalogue.</param>
    /// <param name="face">The aligned face, RGB, of the input's size.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="more">Other inputs.</param>
    /// <returns>The face that it makes, of the same size.</returns>
    public static Picture Run(
        OnnxSession session,
        ModelProcessing processing,
        Picture face,
        CancellationToken cancellationToken,
        params IEnumerable<(string Name, FloatTensor Tensor)> more)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(processing);
        ArgumentNullException.ThrowIfNull(face);
        var input = PictureTensors.FromPicture(face, processing.Inputs[0].Form(), cancellationToken);
        using var outputs = session.Run([(processing.InputName(0), input), .. more], [processing.OutputName(0)], cancellationToken);
        return PictureTensors.ToPicture(
            outputs.Values(processing.OutputName(0)), face.Width, face.Height, processing.Outputs[0].Form(), cancellationToken);
    }
}
