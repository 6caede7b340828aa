using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>Passes on what is worth a line: every change of what is done, and at most two hundred steps of the bytes.</summary>
internal sealed class SparseProgress(IProgress<ModelProgress>? listener) : IProgress<ModelProgress>
{
    private const long Step = 1 << 20;

    private ModelProgress? _last;

    /// <inheritdoc/>
    public void Report(ModelProgress value)
    {
        if (listener is null) return;
        if (_last is { } last && last.Stage == value.Stage && last.Source == value.Source && value.Bytes != value.Total)
        {
            var step = value.Total is { } total ? Math.Max(1, total / 200) : Step;
            if (value.Stage == ModelStage.Waiting || (value.Bytes >= last.Bytes && value.Bytes - last.Bytes < step)) return;
        }

        _last = value;
        listener.Report(value);
    }
}
